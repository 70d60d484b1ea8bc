/// The pages of `docs/guides` are tested here: what they say that can be executed is executed, and
/// what they say twice agrees. [GuidesTest] is the one to read first; the module `e2e` runs the
/// blocks of reverse proxies in real ones.
@NullMarked
package dev.vestibule.guides;

import org.jspecify.annotations.NullMarked;
