/// Tests of the room `client`: who may ask, with every attack on it, and what is fetched.
@NullMarked
package dev.vestibule.client;

import org.jspecify.annotations.NullMarked;
