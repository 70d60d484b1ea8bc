package dev.vestibule.metric;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

import java.time.Duration;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// All that a gateway counts and measures. One per gateway, safe to share between threads; whoever
/// made it closes it.
///
/// Names are written with dots, without a unit: `vestibule.requests` becomes
/// `vestibule_requests_total`, and a duration ends in `_seconds`.
public final class Meters implements AutoCloseable {

    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deque<JvmGcMetrics> watched = new ConcurrentLinkedDeque<>();

    /// Micrometer itself holds them weakly.
    private final Queue<LongSupplier> counted = new ConcurrentLinkedQueue<>();

    /// @param what a sentence for whoever reads the metrics
    /// @param kinds what may stand in the label
    public <E extends Enum<E>> Tally<E> tally(
            String name, String what, String label, Class<E> kinds) {
        return tally(name, what, label, kinds, List.of());
    }

    /// As [#tally(String, String, String, Class)], with two labels.
    public <A extends Enum<A>, B extends Enum<B>> PairTally<A, B> tally(
            String name,
            String what,
            Map.Entry<String, Class<A>> one,
            Map.Entry<String, Class<B>> other) {
        return new PairTally<>(
                each(
                        one.getValue(),
                        constant ->
                                tally(
                                        name,
                                        what,
                                        other.getKey(),
                                        other.getValue(),
                                        List.of(one.getKey(), Labels.of(constant)))));
    }

    private <E extends Enum<E>> Tally<E> tally(
            String name, String what, String label, Class<E> kinds, List<String> more) {
        return new Tally<>(
                each(
                        kinds,
                        constant ->
                                Counter.builder(name)
                                        .description(what)
                                        .tags(more.toArray(String[]::new))
                                        .tag(label, Labels.of(constant))
                                        .register(registry)));
    }

    private static <E extends Enum<E>, T> EnumMap<E, T> each(Class<E> kinds, Function<E, T> part) {
        EnumMap<E, T> parts = new EnumMap<>(kinds);
        for (E constant : kinds.getEnumConstants()) {
            parts.put(constant, part.apply(constant));
        }
        return parts;
    }

    /// Counts by words of ours.
    public WordTally words(String name, String what, String label) {
        return new WordTally(
                word ->
                        Counter.builder(name)
                                .description(what)
                                .tag(label, word)
                                .register(registry));
    }

    /// @param bounds how many took no longer than each of these is told
    public <E extends Enum<E>> Timings<E> timings(
            String name, String what, String label, Class<E> kinds, List<Duration> bounds) {
        return new Timings<>(
                each(
                        kinds,
                        constant ->
                                Timer.builder(name)
                                        .description(what)
                                        .tag(label, Labels.of(constant))
                                        .serviceLevelObjectives(bounds.toArray(Duration[]::new))
                                        .register(registry)));
    }

    /// As [#timings], of one kind.
    public Timing timing(String name, String what, List<Duration> bounds) {
        return new Timing(
                Timer.builder(name)
                        .description(what)
                        .serviceLevelObjectives(bounds.toArray(Duration[]::new))
                        .register(registry));
    }

    /// Something that is counted elsewhere, and looked up whenever somebody asks.
    ///
    /// @param value an id of the configuration, or a word of ours
    /// @param count never falls, and never waits
    public void counted(String name, String what, String label, String value, LongSupplier count) {
        counted.add(count);
        FunctionCounter.builder(name, count, LongSupplier::getAsLong)
                .description(what)
                .tag(label, value)
                .register(registry);
    }

    /// Something that is looked up whenever somebody asks.
    ///
    /// @param reading never waits; `NaN` where it is not known
    public void reading(String name, String what, DoubleSupplier reading) {
        Gauge.builder(name, reading::getAsDouble).description(what).register(registry);
    }

    /// As [#reading(String, String, DoubleSupplier)], of one among several.
    ///
    /// @param value an id of the configuration, or a word of ours
    public void reading(
            String name, String what, String label, String value, DoubleSupplier reading) {
        Gauge.builder(name, reading::getAsDouble)
                .description(what)
                .tag(label, value)
                .register(registry);
    }

    /// From here on memory, threads, garbage collection, processors and files are among the
    /// metrics.
    public void watchProcess() {
        JvmGcMetrics collections = new JvmGcMetrics();
        watched.push(collections);
        Stream.of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        collections,
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(metrics -> metrics.bindTo(registry));
    }

    /// Everything, in Prometheus' text format, version 0.0.4.
    public String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        for (JvmGcMetrics one = watched.poll(); one != null; one = watched.poll()) {
            one.close();
        }
        registry.close();
    }
}
