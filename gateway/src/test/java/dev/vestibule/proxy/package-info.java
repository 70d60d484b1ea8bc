@NullMarked
package dev.vestibule.proxy;

import org.jspecify.annotations.NullMarked;
