/// What is counted and measured. A room asks [Meters] once for a [Tally], a [PairTally], [Timings],
/// a [Timing] or a [WordTally] and counts by it; nobody else knows Micrometer.
///
/// Attack: a stranger asks for a million paths, and every one of them becomes a time series. So a
/// label's values are the constants of an enum, or ids of the configuration, or one of the first
/// few words of ours: never a path, a name or an address, and never a text that somebody sent.
@NullMarked
package dev.vestibule.metric;

import org.jspecify.annotations.NullMarked;
