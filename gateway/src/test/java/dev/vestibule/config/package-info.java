@NullMarked
package dev.vestibule.config;

import org.jspecify.annotations.NullMarked;
