/// Where a request comes from, decided once at the door from our own parsed values.
///
/// Entry: [ClientAddressResolver]. Nothing behind the door reads a forwarding header.
@NullMarked
package dev.vestibule.network;

import org.jspecify.annotations.NullMarked;
