/// Tests of the first-run page, over real ports.
@NullMarked
package dev.vestibule.firstrun;

import org.jspecify.annotations.NullMarked;
