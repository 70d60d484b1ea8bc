/// Tests of what a set-up takes: presets, addresses and the files. The interviews are tested in
/// `cli`.
@NullMarked
package dev.vestibule.setup;

import org.jspecify.annotations.NullMarked;
