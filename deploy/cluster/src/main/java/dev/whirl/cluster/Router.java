package dev.whirl.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// nginx in front of the controllers: one address for users, and a controller that stops is passed over.
record Router(Blueprint blueprint, Path program) {
    private static final List<String> PLACES = List.of("/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx");

    /// nginx on this machine, if it is installed.
    static Optional<Path> installed() {
        return Programs.firstOf(PLACES);
    }

    Member start(Launcher launcher) {
        Path file = blueprint.folder().resolve("nginx.conf");
        OwnFile.write(file, configuration());
        String address = blueprint.url().replace("localhost", "127.0.0.1") + "/ping";
        List<String> command = List.of(
                program.toString(),
                "-p",
                OwnFile.folder(blueprint.folder().resolve("router")).toString(),
                "-c",
                file.toString(),
                "-e",
                "stderr");
        return launcher.start("router", "router", address, command, Map.of());
    }

    /// A request goes to another controller if none of it was sent, or if it only reads: a call must
    /// not be made twice. Of a POST nginx sees to that. It repeats all others, so that those which may
    /// call or change something are told by their path, and sent once.
    String configuration() {
        String servers = IntStream.range(0, blueprint.counts().controllers())
                .mapToObj(each -> "        server 127.0.0.1:%d max_fails=1 fail_timeout=1s;%n"
                        .formatted(blueprint.controllerPort(each)))
                .reduce("", String::concat);
        return """
                daemon off;
                worker_processes 1;
                pid nginx.pid;
                error_log stderr warn;
                events { worker_connections 4096; }
                http {
                    access_log off;
                    client_max_body_size 50m;
                    client_body_temp_path body;
                    proxy_temp_path proxy;
                    fastcgi_temp_path fastcgi;
                    uwsgi_temp_path uwsgi;
                    scgi_temp_path scgi;
                    upstream controllers {
                %s        keepalive 64;
                    }
                    map "$request_method $uri" $is_sent_once {
                        default 1;
                        "~^POST " 0;
                        "~^(GET|HEAD) /api/v1(/(?!web/)|$)" 0;
                        "~^(GET|HEAD) /(ping|ready)$" 0;
                    }
                    server {
                        listen 127.0.0.1:%d;
                        proxy_http_version 1.1;
                        proxy_set_header Connection "";
                        proxy_set_header Host $http_host;
                        proxy_set_header X-Request-ID $request_id;
                        proxy_request_buffering off;
                        proxy_read_timeout 75s;
                        error_page 418 = @once;
                        location / {
                            if ($is_sent_once) {
                                return 418;
                            }
                            proxy_next_upstream error timeout;
                            proxy_pass http://controllers;
                        }
                        location @once {
                            proxy_next_upstream off;
                            proxy_pass http://controllers;
                        }
                    }
                }
                """.formatted(servers, blueprint.port());
    }
}
