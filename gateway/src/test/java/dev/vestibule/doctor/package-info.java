/// Tests of what is found wrong with a set-up.
@NullMarked
package dev.vestibule.doctor;

import org.jspecify.annotations.NullMarked;
