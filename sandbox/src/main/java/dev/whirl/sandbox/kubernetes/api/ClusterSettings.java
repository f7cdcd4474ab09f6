package dev.whirl.sandbox.kubernetes.api;

/// How to reach a cluster.
///
/// @param kubeconfig file; empty: what kubectl would take here, or the service account of a pod
/// @param context of that file; empty: its current one
/// @param namespace where the pods are; empty: that of the context or of the service account
/// @param operations most at a time
public record ClusterSettings(String kubeconfig, String context, String namespace, int operations) {}
