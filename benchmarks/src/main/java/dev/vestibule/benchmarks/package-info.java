/// Measures the gateway side by side with others on one machine, as the process that a user starts:
/// `benchmarks/run`. Figures are ratios within one run, because machines differ.
///
/// Entry: [Benchmarks]. From there: [House] is everything that runs, [HttpComparison] and
/// [SocketComparison] alternate between the [Contender]s, [Table] prints. The gateway's classes are
/// not known here.
@NullMarked
package dev.vestibule.benchmarks;

import org.jspecify.annotations.NullMarked;
