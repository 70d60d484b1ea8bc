/// What is known about Home Assistant, asserted on the scripted one and, when named, on a real one.
@NullMarked
package dev.vestibule.testhouse.home;

import org.jspecify.annotations.NullMarked;
