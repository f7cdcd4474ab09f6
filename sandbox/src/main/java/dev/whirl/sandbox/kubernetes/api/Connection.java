package dev.whirl.sandbox.kubernetes.api;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// The client of an API server, and the threads it works on. Each of its requests is answered in a
/// bounded time.
record Connection(KubernetesClient client, ExecutorService threads) implements AutoCloseable {
    /// So long one request may take.
    static final Duration ANSWER = Duration.ofSeconds(10);

    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(3);

    /// Reads how to reach the API server; nothing is asked yet.
    ///
    /// @throws ClusterException with what to do, if nothing says where it is
    static Connection open(ClusterSettings settings) throws ClusterException {
        int answerMillis = Math.toIntExact(ANSWER.toMillis());
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("kubernetes-", 0).factory());
        try {
            Config config = new ConfigBuilder(config(settings))
                    .withRequestTimeout(answerMillis)
                    .withConnectionTimeout(answerMillis)
                    .withRequestRetryBackoffLimit(0)
                    .build();
            return new Connection(
                    new KubernetesClientBuilder()
                            .withConfig(config)
                            .withTaskExecutor(threads)
                            .build(),
                    threads);
        } catch (KubernetesClientException e) {
            throw new ClusterException("connect with the cluster", e);
        }
    }

    private static Config config(ClusterSettings settings) throws ClusterException {
        if (settings.kubeconfig().isEmpty()) {
            return settings.context().isEmpty()
                    ? new ConfigBuilder().build()
                    : Config.autoConfigure(settings.context());
        }
        Path file = Path.of(settings.kubeconfig());
        if (!Files.isReadable(file)) {
            throw new ClusterException("sandbox.kubernetes.kubeconfig: %s can't be read".formatted(file));
        }
        if (settings.context().isEmpty()) {
            return Config.fromKubeconfig(file.toFile());
        }
        Config config = Config.fromKubeconfig(settings.context(), file.toFile());
        if (config.getCurrentContext() == null
                || !settings.context().equals(config.getCurrentContext().getName())) {
            throw new ClusterException("sandbox.kubernetes.context: %s has no context %s; it has %s"
                    .formatted(
                            file,
                            settings.context(),
                            config.getContexts().stream()
                                    .map(NamedContext::getName)
                                    .collect(Collectors.joining(", "))));
        }
        return config;
    }

    /// Whatever is under way and does not end is left behind after some seconds.
    @Override
    public void close() {
        try {
            Thread closing = Thread.ofVirtual().name("kubernetes-close").start(client::close);
            boolean _ = closing.join(CLOSE_PATIENCE);
            threads.shutdownNow();
            boolean _ = threads.awaitTermination(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
