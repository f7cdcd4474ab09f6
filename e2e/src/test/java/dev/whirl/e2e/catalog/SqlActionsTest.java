package dev.whirl.e2e.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.e2e.support.Answer;
import dev.whirl.e2e.support.Api;
import dev.whirl.e2e.support.Names;
import dev.whirl.e2e.support.SharedServer;
import dev.whirl.model.json.RawJson;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The package `sql` with database servers.
class SqlActionsTest {
    private static final Map<Engine, SqlServer> SERVERS = new EnumMap<>(Engine.class);

    private final Api guest = SharedServer.guest();
    private final String table = Names.unique("orders").replace('-', '_');

    enum Engine {
        POSTGRESQL("bytea", "23505", "28P01"),
        MYSQL("varbinary(10)", "ER_DUP_ENTRY", "ER_ACCESS_DENIED_ERROR");

        private final String bytes;
        private final String duplicate;
        private final String denied;

        Engine(String bytes, String duplicate, String denied) {
            this.bytes = bytes;
            this.duplicate = duplicate;
            this.denied = denied;
        }

        /// With the engine's placeholders in place of question marks.
        String sql(String statement) {
            String text = statement;
            for (int i = 1; this == POSTGRESQL && text.contains("?"); i++) {
                text = text.replaceFirst("\\?", "\\$" + i);
            }
            return text;
        }
    }

    @BeforeAll
    static void start() {
        CompletableFuture<SqlServer> mariadb = CompletableFuture.supplyAsync(SqlServer::mariadb);
        SERVERS.put(Engine.POSTGRESQL, SqlServer.postgresql());
        SERVERS.put(Engine.MYSQL, mariadb.join());
    }

    @AfterAll
    static void stop() {
        SERVERS.values().forEach(SqlServer::close);
    }

    @ParameterizedTest
    @EnumSource
    void rowsAreWrittenAndReadWithValuesApartFromTheStatement(Engine engine) {
        makeTable(engine);
        String evil = "x'); drop table " + table + "; --";
        assertThat(query(engine, "insert into %s (id, state, price) values (?, ?, ?)", 7, evil, "12.50")
                        .expect(200)
                        .number("rowCount"))
                .isEqualTo(1);

        Answer read = query(engine, "select id, state, price from %s where state = ?", evil);

        assertThat(read.expect(200).body())
                .isEqualTo(
                        "{\"rows\":[{\"id\":7,\"state\":\"%s\",\"price\":\"12.50\"}],\"fields\":[\"id\",\"state\",\"price\"],\"rowCount\":1}"
                                .formatted(evil));
        assertThat(query(engine, "update %s set state = ? where id = ?", "sent", 7)
                        .expect(200)
                        .number("rowCount"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void noDigitIsLostAndNoTimeMoved(Engine engine) {
        makeTable(engine);
        query(
                        engine,
                        "insert into %s (id, big, day, content) values (1, 9007199254740993, '2026-03-29', '"
                                + (engine == Engine.POSTGRESQL ? "\\\\xff00" : "ab") + "')")
                .expect(200);

        RawJson row = query(engine, "select big, day, content from %s")
                .expect(200)
                .at("rows")
                .elements()
                .getFirst();

        assertThat(row.field("big")).contains(RawJson.string("9007199254740993"));
        assertThat(row.field("day")).contains(RawJson.string("2026-03-29"));
        assertThat(row.field("content")).contains(RawJson.string(engine == Engine.POSTGRESQL ? "/wA=" : "YWI="));
    }

    @ParameterizedTest
    @EnumSource
    void whatTheServerRefusesIsToldWithItsCodeAndNeverThePassword(Engine engine) {
        makeTable(engine);
        query(engine, "insert into %s (id) values (1)").expect(200);

        assertThat(query(engine, "insert into %s (id) values (1)").expect(502).body())
                .contains("(%s)".formatted(engine.duplicate));
        assertThat(query(engine, "select 1; select 2").expect(502).body()).contains("error");
        Answer denied = call("query", engine, "wrong-one", ",\"sql\":\"select 1\"");
        assertThat(denied.expect(502).body())
                .contains("(%s)".formatted(engine.denied))
                .doesNotContain("wrong-one");
    }

    @ParameterizedTest
    @EnumSource
    void ofATransactionAllCountsOrNothing(Engine engine) {
        makeTable(engine);
        String insert =
                "{\"sql\":\"%s\",\"values\":[%%d]}".formatted(engine.sql("insert into " + table + " (id) values (?)"));

        assertThat(transaction(engine, insert.formatted(1), insert.formatted(2))
                        .expect(200)
                        .body())
                .isEqualTo(
                        "{\"results\":[{\"rows\":[],\"fields\":[],\"rowCount\":1},{\"rows\":[],\"fields\":[],\"rowCount\":1}]}");
        assertThat(transaction(engine, insert.formatted(3), insert.formatted(1))
                        .expect(502)
                        .body())
                .contains("Nothing was changed: statement 2 of 2: ");

        assertThat(query(engine, "select id from %s order by id").expect(200).number("rowCount"))
                .isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void onlySoManyRowsComeBack(Engine engine) {
        makeTable(engine);
        query(engine, "insert into %s (id) values (1), (2), (3)").expect(200);

        Answer answer =
                call("query", engine, ",\"maxRows\":2,\"sql\":\"select id from %s order by id\"".formatted(table));

        assertThat(answer.expect(200).at("rows").elements()).hasSize(2);
        assertThat(answer.at("isCut")).isEqualTo(RawJson.TRUE);
        assertThat(answer.number("rowCount")).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void ofALargeResultComesWhatFitsAndTheRestIsNeverInMemory(Engine engine) {
        Answer many =
                call("query", engine, ",\"maxRows\":10000,\"sql\":\"%s\"".formatted(rows(engine, 1_000_000, 100)));
        Answer wide = call("query", engine, ",\"sql\":\"%s\"".formatted(rows(engine, 1000, 300_000)));
        Answer few = call(
                "query", engine, ",\"maxRows\":3,\"sql\":\"%s limit 900000\"".formatted(rows(engine, 1_000_000, 100)));

        assertThat(many.expect(200).at("rows").elements()).hasSizeBetween(5000, 9999);
        assertThat(many.at("isCut")).isEqualTo(RawJson.TRUE);
        assertThat(wide.expect(200).at("rows").elements()).hasSize(3);
        assertThat(few.expect(200).at("rows").elements()).hasSize(3);
        assertThat(few.number("rowCount")).isEqualTo(3);
    }

    /// So many rows of so many bytes each, that the server makes up.
    private static String rows(Engine engine, int count, int bytes) {
        return engine == Engine.POSTGRESQL
                ? "select repeat('x', %d) as text from generate_series(1, %d)".formatted(bytes, count)
                : "select repeat('x', %d) as text from seq_1_to_%d".formatted(bytes, count);
    }

    @ParameterizedTest
    @EnumSource
    void theBoundOfRowsChangesNothingOfWhatAnInsertWrites(Engine engine) {
        makeTable(engine);
        query(engine, "insert into %s (id) values (1), (2), (3)").expect(200);

        Answer copied = call(
                "query",
                engine,
                ",\"maxRows\":1,\"sql\":\"insert into %1$s (id) select id + 10 from %1$s\"".formatted(table));
        Answer returned = call(
                "query",
                engine,
                ",\"maxRows\":1,\"sql\":\"insert into %s (id) values (21), (22), (23) returning id\"".formatted(table));

        assertThat(copied.expect(200).number("rowCount")).isEqualTo(3);
        assertThat(returned.expect(200).at("rows").elements()).hasSize(1);
        assertThat(query(engine, "select count(*) as n from %s")
                        .expect(200)
                        .at("rows")
                        .toString())
                .contains("9");
    }

    @ParameterizedTest
    @EnumSource
    void aSelectCallsNoFunctionsForRowsBeyondTheBound(Engine engine) {
        query(engine, "create sequence %s_n").expect(200);
        String next = (engine == Engine.POSTGRESQL ? "nextval('%s_n')" : "nextval(%s_n)").formatted(table);
        String rows = engine == Engine.POSTGRESQL ? "generate_series(1, 1000)" : "seq_1_to_1000";

        Answer one = call("query", engine, ",\"maxRows\":1,\"sql\":\"select %s as n from %s\"".formatted(next, rows));

        assertThat(one.expect(200).at("rows").toString()).isEqualTo("[{\"n\":\"1\"}]");
        assertThat(query(engine, "select " + next + " as n")
                        .expect(200)
                        .at("rows")
                        .toString())
                .isEqualTo("[{\"n\":\"3\"}]");
    }

    @ParameterizedTest
    @EnumSource
    void overTlsTheServersCertificateAndItsNameAreChecked(Engine engine) {
        String byAuthority = ",\"sql\":\"select 1\",\"ca\":%s"
                .formatted(RawJson.string(server(engine).authority()));

        call("query", engine, byAuthority).expect(200);
        assertThat(call("query", engine, ",\"sql\":\"select 1\",\"tls\":true")
                        .expect(502)
                        .body())
                .contains("self-signed certificate");
        assertThat(guest.post(address("query"), """
                        {"url":"%s","user":"%s","password":"%s"%s}""".formatted(
                                        server(engine).url().replace("localhost", "127.0.0.1"),
                                        SqlServer.USER,
                                        SqlServer.PASSWORD,
                                        byAuthority))
                        .expect(502)
                        .body())
                .containsAnyOf("altnames", "must have the name of the server");
    }

    @ParameterizedTest
    @EnumSource
    void aStatementThatTakesTooLongIsEndedOnTheServerToo(Engine engine) {
        String mark = "/* " + table + " */";
        String sleep = engine == Engine.POSTGRESQL ? "select pg_sleep(20) " : "select sleep(20) ";
        long begin = System.nanoTime();

        Answer answer = call("query", engine, ",\"timeout\":500,\"sql\":\"%s%s\"".formatted(sleep, mark));

        assertThat(answer.expect(502).body()).contains("timeout");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
        String running = engine == Engine.POSTGRESQL
                ? "select query from pg_stat_activity where query like '%sleep%' and state = 'active'"
                : "select info as query from information_schema.processlist where info like '%sleep%'";
        assertThat(call("query", engine, ",\"sql\":\"%s\"".formatted(running))
                        .expect(200)
                        .at("rows")
                        .toString())
                .doesNotContain(mark);
    }

    @Test
    void aStatementThatPostgresqlDoesNotEndItselfIsEndedByARequest() {
        String byAuthority =
                ",\"ca\":%s".formatted(RawJson.string(server(Engine.POSTGRESQL).authority()));
        String mark = "/* request " + table + " */";

        for (String security : List.of("", byAuthority)) {
            Answer answer = call("transaction", Engine.POSTGRESQL, """
                    ,"timeout":500,"statements":[{"sql":"set local statement_timeout = 0"},\
                    {"sql":"select pg_sleep(20) %s"}]""".formatted(mark) + security);

            assertThat(answer.expect(502).body()).contains("took longer than its timeout of 500 ms, and was ended");
            assertThat(call(
                                    "query",
                                    Engine.POSTGRESQL,
                                    ",\"sql\":\"select query from pg_stat_activity where state = 'active'\"")
                            .expect(200)
                            .at("rows")
                            .toString())
                    .doesNotContain(mark);
        }
    }

    private void makeTable(Engine engine) {
        query(
                        engine,
                        "create table %s (id int primary key, state varchar(100), price decimal(10, 2), big bigint, day date, content "
                                + engine.bytes + ")")
                .expect(200);
    }

    /// @param statement with the table's name for `%s` and question marks for values
    private Answer query(Engine engine, String statement, Object... values) {
        var list = new StringBuilder();
        for (Object each : values) {
            list.append(list.isEmpty() ? "" : ",").append(each instanceof String text ? RawJson.string(text) : each);
        }
        return call(
                "query",
                engine,
                ",\"sql\":\"%s\",\"values\":[%s]".formatted(engine.sql(statement.formatted(table)), list));
    }

    private Answer transaction(Engine engine, String... statements) {
        return call("transaction", engine, ",\"statements\":[%s]".formatted(String.join(",", statements)));
    }

    private Answer call(String action, Engine engine, String more) {
        return call(action, engine, SqlServer.PASSWORD, more);
    }

    /// What an action answers, an error too.
    private Answer call(String action, Engine engine, String password, String more) {
        return guest.post(
                address(action),
                "{\"url\":\"%s\",\"user\":\"%s\",\"password\":\"%s\"%s}"
                        .formatted(server(engine).url(), SqlServer.USER, password, more));
    }

    private static String address(String action) {
        return "/api/v1/namespaces/whisk.system/actions/sql/%s?blocking=true&result=true".formatted(action);
    }

    private static SqlServer server(Engine engine) {
        return Objects.requireNonNull(SERVERS.get(engine));
    }
}
