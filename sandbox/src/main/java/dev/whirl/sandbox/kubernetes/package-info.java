/// Sandboxes that are pods of a Kubernetes cluster.
///
/// - **Enter at** [dev.whirl.sandbox.kubernetes.KubernetesSandboxes].
/// - **Rules:** pods are followed by one watch, never polled. A pod that the cluster takes away is not its code's
///   fault. Whatever fails, each pod is removed in the end: by whoever has it, by the sweep, at the next start, or by
///   the cluster when the invoker's own pod goes.
/// - **Must not know:** what controllers and charts are; nodes.
@NullMarked
package dev.whirl.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
