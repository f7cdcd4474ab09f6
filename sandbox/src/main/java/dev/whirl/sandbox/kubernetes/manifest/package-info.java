/// What a pod of a function looks like, as values: nothing here talks to a cluster.
///
/// - **Enter at** [dev.whirl.sandbox.kubernetes.manifest.PodManifest].
/// - **Rules:** names and labels are made of what clusters allow, whatever users wrote. What makes a pod safe can't be
///   changed by a template.
/// - **Must not know:** clusters, sandboxes, requests.
@NullMarked
package dev.whirl.sandbox.kubernetes.manifest;

import org.jspecify.annotations.NullMarked;
