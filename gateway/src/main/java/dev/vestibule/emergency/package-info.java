/// Break-glass: an administrator gets in while every usual way is broken.
///
/// Entry: [BreakGlass] puts it together. The path through the room: the console asks for a code
/// ([BreakGlassCode]), whose hash waits in [BreakGlassStore]; [BreakGlassHandler] takes it in a
/// browser and admits the emergency administrator of the home, for one session that ends by itself.
/// [BreakGlassPlaces] holds what that opens to where the code was good.
///
/// Asks no provider, no identity system and no password.
@NullMarked
package dev.vestibule.emergency;

import org.jspecify.annotations.NullMarked;
