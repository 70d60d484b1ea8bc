/// What clients were authorized to do: a grant is one client's access at one home, with our refresh
/// token outside and Home Assistant's inside, and with the connections that must die with it.
///
/// Entry: [GrantService]. [LiveGrant] is the one object of a grant in this process; whoever opens a
/// connection registers it there first and looks at [LiveGrant#isLive()] afterwards.
@NullMarked
package dev.vestibule.grant;

import org.jspecify.annotations.NullMarked;
