/// Tests of who is at the door of a page of ours.
@NullMarked
package dev.vestibule.visit;

import org.jspecify.annotations.NullMarked;
