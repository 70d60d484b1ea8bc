@NullMarked
package dev.vestibule.network;

import org.jspecify.annotations.NullMarked;
