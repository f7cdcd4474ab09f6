package dev.whirl.sandbox.kubernetes.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.kubernetes.api.PodState.Ended;
import dev.whirl.sandbox.kubernetes.api.PodState.Hindrance;
import dev.whirl.sandbox.kubernetes.api.PodState.Leaving;
import dev.whirl.sandbox.kubernetes.api.PodState.Lost;
import dev.whirl.sandbox.kubernetes.api.PodState.Pending;
import dev.whirl.sandbox.kubernetes.api.PodState.Running;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("I-25")
class PodStateTest {
    record Row(String status, PodState state) {}

    static List<Row> rows() {
        return List.of(
                new Row("{}", PodState.created()),
                new Row("{phase: Pending}", PodState.created()),
                new Row(
                        "{phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable,"
                                + " message: no room}]}",
                        new Pending(Hindrance.UNSCHEDULABLE, "Unschedulable: no room")),
                new Row(container("{waiting: {reason: ContainerCreating}}"), PodState.created()),
                new Row(
                        container("{waiting: {reason: ErrImagePull, message: not found}}"),
                        new Pending(Hindrance.IMAGE, "ErrImagePull: not found")),
                new Row(
                        container("{waiting: {reason: CreateContainerConfigError, message: no secret}}"),
                        new Pending(Hindrance.CONFIGURATION, "CreateContainerConfigError: no secret")),
                new Row(
                        container("{terminated: {exitCode: 128, reason: StartError, message: exec}}"),
                        new Pending(Hindrance.PROGRAM, "StartError: exec")),
                new Row(
                        "{phase: Running, podIP: 10.0.0.1, containerStatuses: [{name: user-action, state: {running: {}},"
                                + " resources: {limits: {memory: 256Mi}}}]}",
                        new Running("10.0.0.1", Optional.of(ByteSize.mebibytes(256)), "")),
                new Row(
                        "{phase: Running, podIP: 10.0.0.1, conditions: [{type: PodResizePending, status: 'True', reason:"
                                + " Infeasible, message: too much}], containerStatuses: [{name: user-action, state:"
                                + " {running: {}}}]}",
                        new Running("10.0.0.1", Optional.empty(), "Infeasible: too much")),
                new Row(
                        "{phase: Running, containerStatuses: [{name: user-action, state: {running: {}}}]}",
                        PodState.created()),
                new Row(
                        container("{terminated: {exitCode: 137, reason: OOMKilled}}"),
                        new Ended(137, true, "OOMKilled")),
                new Row(container("{terminated: {exitCode: 3, reason: Error}}"), new Ended(3, false, "Error")),
                new Row("{phase: Failed, reason: DeadlineExceeded}", new Ended(-1, false, "DeadlineExceeded")),
                new Row(
                        "{phase: Failed, reason: Evicted, message: The node was low on resource}",
                        new Lost("Evicted: The node was low on resource")),
                new Row(
                        "{phase: Failed, reason: Evicted, message: Pod ephemeral local storage usage exceeds the total"
                                + " limit of containers 1Gi.}",
                        new Ended(
                                -1,
                                false,
                                "Evicted: Pod ephemeral local storage usage exceeds the total limit of containers 1Gi.")),
                new Row(
                        "{phase: Running, podIP: 10.0.0.1, conditions: [{type: DisruptionTarget, status: 'True', reason:"
                                + " PreemptionByScheduler, message: for another}], containerStatuses: [{name:"
                                + " user-action, state: {running: {}}}]}",
                        new Leaving("PreemptionByScheduler: for another", Optional.empty())),
                new Row(
                        "{phase: Unknown, podIP: 10.0.0.1, containerStatuses: [{name: user-action, state: {running: {}}}]}",
                        new Lost("the pod's node does not answer")),
                new Row(
                        "{phase: Running, reason: NodeLost, message: unresponsive, podIP: 10.0.0.1, containerStatuses:"
                                + " [{name: user-action, state: {running: {}}}]}",
                        new Lost("NodeLost: unresponsive")),
                new Row(
                        container(
                                "{terminated: {exitCode: 137, reason: ContainerStatusUnknown, message: not located}}"),
                        new Lost("ContainerStatusUnknown: not located")),
                new Row(
                        "{phase: Failed, conditions: [{type: DisruptionTarget, status: 'True', reason:"
                                + " TerminationByKubelet}], containerStatuses: [{name: user-action, state: {terminated:"
                                + " {exitCode: 137}}}]}",
                        new Lost("TerminationByKubelet")));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theStatusOfAPodSaysHowItStands(Row row) {
        assertThat(PodState.of(pod("{name: p}", row.status()))).isEqualTo(row.state());
    }

    static List<Row> leaving() {
        return List.of(
                new Row(
                        "{phase: Running, podIP: 10.0.0.1, containerStatuses: [{name: user-action, state: {running: {}}}]}",
                        new Leaving("the pod is being deleted", Optional.of(Duration.ofSeconds(30)))),
                new Row(
                        "{phase: Running, podIP: 10.0.0.1, conditions: [{type: DisruptionTarget, status: 'True', reason:"
                                + " DeletionByTaintManager}], containerStatuses: [{name: user-action, state: {running: {}}}]}",
                        new Leaving("DeletionByTaintManager", Optional.of(Duration.ofSeconds(30)))),
                new Row(container("{terminated: {exitCode: 143}}"), new Lost("the pod was deleted")));
    }

    @ParameterizedTest
    @MethodSource("leaving")
    void whoDeletesAPodTakesItAway(Row row) {
        assertThat(PodState.of(pod(
                        "{name: p, deletionTimestamp: '2026-01-01T00:00:00Z', deletionGracePeriodSeconds: 30}",
                        row.status())))
                .isEqualTo(row.state());
    }

    private static String container(String state) {
        return "{phase: Pending, containerStatuses: [{name: proxy, state: {running: {}}}, {name: user-action, state: %s}]}"
                .formatted(state);
    }

    private static Pod pod(String metadata, String status) {
        return Serialization.unmarshal(
                "apiVersion: v1\nkind: Pod\nmetadata: %s\nstatus: %s\n".formatted(metadata, status), Pod.class);
    }
}
