@NullMarked
package dev.vestibule.testhouse.openid;

import org.jspecify.annotations.NullMarked;
