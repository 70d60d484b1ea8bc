@NullMarked
package dev.vestibule.cli;

import org.jspecify.annotations.NullMarked;
