@NullMarked
package dev.vestibule.http;

import org.jspecify.annotations.NullMarked;
