/// The map of the house: [Main] reads the arguments, [Gateway] builds every object once, [Routes]
/// lists every path.
@NullMarked
package dev.vestibule;

import org.jspecify.annotations.NullMarked;
