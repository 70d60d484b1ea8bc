/// Visitors: as much of a browser and of Home Assistant's front end as a walk through a house
/// needs, over real HTTP.
///
/// Entry: [VisitorBrowser] and [VisitorSocket].
@NullMarked
package dev.vestibule.testhouse.visitor;

import org.jspecify.annotations.NullMarked;
