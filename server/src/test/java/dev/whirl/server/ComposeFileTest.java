package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.config.ConfigKey;
import dev.whirl.common.config.ConfigReader;
import dev.whirl.server.ServerConfig.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/// The file for docker compose says nothing that is not there: keys, services, volumes, files,
/// variables.
class ComposeFileTest {
    private static final Path FOLDER = Path.of("..", "deploy", "compose");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(?::([-?])([^}]*))?}");
    private static final Map<String, String> GIVEN = Map.of("WHIRL_FUNCTIONS_NETWORK", "open");
    private static final Set<String> PARTS =
            Set.of("nginx", "controller-0", "controller-1", "invoker-0", "invoker-1", "kafka", "couchdb", "redis");

    private final Map<String, ?> file = map(yaml(FOLDER.resolve("compose.yaml")));
    private final Map<String, ?> services = map(file.get("services"));

    @Test
    void allPartsOfAPlatformAreThere() {
        assertThat(services).containsKeys(PARTS.toArray(String[]::new));
        assertThat(roles()).containsExactlyInAnyOrder("controller", "controller", "invoker", "invoker", "admin");
    }

    @Test
    void eachPartUnderstandsWhatItIsTold() {
        servers().forEach((name, service) -> {
            String role = list(service.get("command")).getFirst();
            if (!role.equals("admin")) {
                Map<String, String> told = environment(service);
                assertThat(unknown(role, told)).as("keys of %s", name).isEmpty();
            }
        });
    }

    @Test
    void noTwoOfAKindHaveTheSameNumber() {
        assertThat(numbers("WHIRL_CONTROLLER_ID")).containsExactlyInAnyOrder("0", "1");
        assertThat(numbers("WHIRL_INVOKER_ID")).containsExactlyInAnyOrder("0", "1");
        assertThat(numbers("WHIRL_INVOKER_HTTP_PORT")).doesNotHaveDuplicates().hasSize(2);
    }

    @Test
    void partsOfThePlatformCanWriteNothingButTheirData() {
        servers().forEach((name, service) -> {
            assertThat(service.get("read_only")).as(name).isEqualTo(true);
            assertThat(list(service.get("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(list(service.get("security_opt"))).as(name).containsExactly("no-new-privileges:true");
            assertThat(list(service.get("tmpfs"))).as(name).containsExactly("/tmp");
        });
    }

    @Test
    void eachPartIsBoundedInMemoryProcessesAndLogs() {
        services.forEach((name, service) -> {
            assertThat(map(service)).as(name).containsKeys("mem_limit", "pids_limit");
            assertThat(map(map(map(service).get("logging")).get("options")))
                    .as(name)
                    .containsKeys("max-size", "max-file");
        });
    }

    @Test
    void callsAreLetInOnceControllersAnswer() {
        assertThat(dependencies(map(services.get("nginx"))))
                .isEqualTo(Map.of("controller-0", "service_healthy", "controller-1", "service_healthy"));
    }

    @Test
    void whoIsWaitedForIsThereAndCanSaySo() {
        services.forEach((name, service) -> dependencies(map(service)).forEach((other, condition) -> {
            assertThat(services).as("%s waits for %s", name, other).containsKey(other);
            if (condition.equals("service_healthy")) {
                assertThat(servers().containsKey(other)
                                || map(services.get(other)).containsKey("healthcheck"))
                        .as("%s waits for %s", name, other)
                        .isTrue();
            }
        }));
    }

    @Test
    void volumesAndFilesAreThere() {
        Set<String> named = new TreeSet<>();
        services.values()
                .forEach(service -> list(map(service).get("volumes")).forEach(volume -> {
                    String source = volume.substring(0, volume.indexOf(':'));
                    if (source.startsWith("./")) {
                        assertThat(FOLDER.resolve(source)).exists();
                    } else if (!source.startsWith("/")) {
                        named.add(source);
                    }
                }));

        assertThat(named).isEqualTo(map(file.get("volumes")).keySet());
    }

    @Test
    void hostsThatAreCalledAreServicesOrTheMachine() throws IOException {
        Pattern host = Pattern.compile("(?:@|//|^)([a-z][a-z0-9-]*):\\d+");
        Stream<String> told = servers().values().stream()
                .flatMap(service -> environment(service).values().stream())
                .flatMap(value -> host.matcher(value).results().map(each -> each.group(1)));
        Stream<String> proxied = Pattern.compile("server ([a-z0-9-]+):\\d+ ")
                .matcher(Files.readString(FOLDER.resolve("nginx.conf")))
                .results()
                .map(each -> each.group(1));

        assertThat(Stream.concat(told, proxied).collect(Collectors.toSet()))
                .contains("controller-0", "controller-1", "kafka", "couchdb", "redis")
                .isSubsetOf(Stream.concat(services.keySet().stream(), Stream.of("localhost"))
                        .toList());
    }

    @Test
    void variablesWithoutAValueStandInTheExample() throws IOException {
        String example = Files.readString(FOLDER.resolve("env.example"));

        Matcher found = VARIABLE.matcher(Files.readString(FOLDER.resolve("compose.yaml")));
        Set<String> needed = found.results()
                .filter(each -> "?".equals(each.group(2)))
                .map(each -> each.group(1))
                .collect(Collectors.toSet());

        assertThat(needed).isNotEmpty().allSatisfy(each -> assertThat(example).contains("\n" + each + "="));
    }

    private static List<String> unknown(String role, Map<String, String> told) {
        var manifest =
                new ConfigReader.Source("test", Map.of("runtimes.manifest", "../deploy/dist/src/conf/runtimes.json"));
        var reader = new ConfigReader(List.of(manifest), told);
        ServerConfig.read(Role.valueOf(role.toUpperCase(Locale.ROOT)), reader); // complains about values
        Set<String> known =
                reader.keys().stream().map(ConfigKey::environmentName).collect(Collectors.toSet());
        return told.keySet().stream().filter(each -> !known.contains(each)).toList();
    }

    private List<String> roles() {
        return servers().values().stream()
                .map(service -> list(service.get("command")).getFirst())
                .toList();
    }

    private List<String> numbers(String variable) {
        return servers().values().stream()
                .map(service -> environment(service).get(variable))
                .filter(each -> each != null)
                .toList();
    }

    /// Services of our image.
    private Map<String, Map<String, ?>> servers() {
        var servers = new HashMap<String, Map<String, ?>>();
        services.forEach((name, service) -> {
            if (String.valueOf(map(service).get("image")).contains("whirl/server")) {
                servers.put(name, map(service));
            }
        });
        return servers;
    }

    private static Map<String, String> environment(Map<String, ?> service) {
        var environment = new HashMap<String, String>();
        map(service.get("environment"))
                .forEach((name, value) -> environment.put(name, filledIn(String.valueOf(value))));
        return environment;
    }

    /// As compose does it; where there is no standard value somebody gives one.
    private static String filledIn(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(each -> Matcher.quoteReplacement(
                        "-".equals(each.group(2)) ? each.group(3) : GIVEN.getOrDefault(each.group(1), "given")));
    }

    private static Map<String, String> dependencies(Map<String, ?> service) {
        var dependencies = new HashMap<String, String>();
        if (service.get("depends_on") instanceof Map<?, ?> conditions) {
            map(conditions)
                    .forEach((name, each) ->
                            dependencies.put(name, String.valueOf(map(each).get("condition"))));
        } else {
            list(service.get("depends_on")).forEach(name -> dependencies.put(name, "service_started"));
        }
        return dependencies;
    }

    private static Object yaml(Path path) {
        try {
            return new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(path));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, ?> map(@org.jspecify.annotations.Nullable Object value) {
        var map = new HashMap<String, Object>();
        if (value instanceof Map<?, ?> found) {
            found.forEach((key, each) -> map.put(String.valueOf(key), each == null ? "" : each));
        }
        return map;
    }

    private static List<String> list(@org.jspecify.annotations.Nullable Object value) {
        var list = new ArrayList<String>();
        if (value instanceof List<?> found) {
            found.forEach(each -> list.add(String.valueOf(each)));
        }
        return list;
    }
}
