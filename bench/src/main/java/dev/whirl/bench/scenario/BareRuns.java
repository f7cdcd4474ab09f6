package dev.whirl.bench.scenario;

import dev.whirl.bench.report.Measurement;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Runs scenarios against bare runtimes: what the platform's sandboxes are made of, without a platform. They
/// are started and warmed up when they are first needed, and live until this is closed.
public interface BareRuns extends AutoCloseable {
    /// The document that an invoker would send for the same call.
    String RUN_DOCUMENT = """
            {"value":%s,"activation_id":"0123456789abcdef0123456789abcdef","action_name":"/guest/echo",\
            "action_version":"0.0.1","namespace":"guest","transaction_id":"bench","deadline":"4102444800000"}""".formatted(Calls.PAYLOAD);

    /// Where nothing bare is measured.
    static BareRuns none() {
        return new BareProcesses(List.of("false"));
    }

    /// Each runtime has its share of the calls in flight.
    Measurement run(Scenario scenario, Duration time, Function function, int runtimes)
            throws IOException, InterruptedException;

    /// Each connection calls one runtime after another, at random.
    Measurement runMany(Scenario scenario, Duration time, List<Function> functions)
            throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
