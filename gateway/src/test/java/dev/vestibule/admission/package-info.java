/// What is tried of admission without a house around it; the ways in are tried with one.
@NullMarked
package dev.vestibule.admission;

import org.jspecify.annotations.NullMarked;
