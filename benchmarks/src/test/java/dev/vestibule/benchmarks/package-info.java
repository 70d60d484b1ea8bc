/// Tests of what the benchmarks compute. Nothing here takes the time: figures are for people.
@NullMarked
package dev.vestibule.benchmarks;

import org.jspecify.annotations.NullMarked;
