package dev.whirl.server.admin;

import dev.whirl.store.StoreException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import jdk.net.ExtendedSocketOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes commands for a running server, from its own user and root alone (attack 42). One thread for each; a bounded
/// number at a time.
public final class AdminListener {
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Logger LOG = LoggerFactory.getLogger(AdminListener.class);
    private static final int MOST_AT_A_TIME = 8;

    private final Path data;
    private final Administered place;
    private final Path catalog;
    private final Semaphore room = new Semaphore(MOST_AT_A_TIME);
    private @Nullable ServerSocketChannel channel;

    /// @param catalog folder of the catalog that belongs to this installation
    public AdminListener(Path data, Administered place, Path catalog) {
        this.catalog = catalog;
        this.data = data;
        this.place = place;
    }

    /// @throws UncheckedIOException if there can be no socket in the data folder
    public void start() {
        try {
            ServerSocketChannel opened = AdminSocket.listen(data);
            String owner = Files.getOwner(AdminSocket.in(data)).getName();
            channel = opened;
            Set<String> welcome = Set.copyOf(List.of(owner, "root"));
            Thread.ofVirtual().name("admin").start(() -> accept(opened, welcome));
        } catch (IOException e) {
            throw new UncheckedIOException("can't take admin commands in " + data + ": " + e.getMessage(), e);
        }
    }

    public void stop() {
        try {
            if (channel != null) {
                channel.close();
                Files.deleteIfExists(AdminSocket.in(data));
            }
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the admin socket could not be removed");
        }
    }

    private void accept(ServerSocketChannel server, Set<String> welcome) {
        try (server) {
            while (true) {
                room.acquire();
                SocketChannel client = next(server);
                Thread.ofVirtual().name("admin-command").start(() -> {
                    try {
                        serve(client, welcome);
                    } finally {
                        room.release();
                    }
                });
            }
        } catch (ClosedChannelException e) {
            LOG.atDebug().log("admin commands are taken no more");
        } catch (IOException e) { // of closing
            LOG.atError().setCause(e).log("admin commands can't be taken any more");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whatever is short at the moment, descriptors for example: the next command may find it.
    private static SocketChannel next(ServerSocketChannel server) throws ClosedChannelException, InterruptedException {
        while (true) {
            try {
                return server.accept();
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                LOG.atWarn().setCause(e).log("an admin command could not be taken");
                Thread.sleep(AFTER_FAILURE);
            }
        }
    }

    private void serve(SocketChannel client, Set<String> welcome) {
        try (client) {
            String user =
                    client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            if (!welcome.contains(user)) {
                LOG.atWarn().addKeyValue("user", user).log("an admin command of another user was refused");
                return;
            }
            answer(client);
        } catch (IOException | UncheckedIOException e) {
            LOG.atWarn().addKeyValue("reason", e.getMessage()).log("an admin command was broken off");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("an admin command failed");
        }
    }

    private void answer(SocketChannel client) throws IOException {
        Exchange.Request request =
                Exchange.request(new BufferedReader(Channels.newReader(client, StandardCharsets.UTF_8)));
        try (var out = new BufferedWriter(Channels.newWriter(client, StandardCharsets.UTF_8))) {
            Consumer<String> lines = text -> send(out, new Exchange.Answer.Line(text));
            int code = run(request, lines);
            LOG.atInfo()
                    .addKeyValue("command", AdminCommands.name(request.words()))
                    .addKeyValue("code", code)
                    .log("admin command");
            send(out, new Exchange.Answer.End(code));
        }
    }

    private int run(Exchange.Request request, Consumer<String> out) {
        try {
            return switch (AdminCommands.parse(request.words(), request.folder(), catalog)
                    .task()) {
                case AdminTask.OnStore task -> task.work().run(place, out);
                case AdminTask.Restore _ -> {
                    out.accept("The server runs: stop it to restore a backup.");
                    yield AdminTask.FAILED;
                }
                case AdminTask.Initialize _ -> {
                    out.accept("init-db is for the database of a cluster: set store.couchdb.url.");
                    yield AdminTask.FAILED;
                }
                case AdminTask.Over(int code, String line) -> {
                    out.accept(line);
                    yield code;
                }
            };
        } catch (StoreException e) {
            out.accept(String.valueOf(e.getMessage()));
            return AdminTask.FAILED;
        }
    }

    private static void send(BufferedWriter out, Exchange.Answer answer) {
        try {
            out.write(Exchange.write(answer).compact().toString());
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
