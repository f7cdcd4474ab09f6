package dev.whirl.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Secrets are compared in a time that does not tell how much of a guess is right.
@Tag("attack-32")
class SecretsTest {
    /// What secrets are called, as a field or as what gives it.
    private static final Set<String> SECRETS = Set.of("secret", "secretHash", "reveal", "password");

    /// What ends at the first difference.
    private static final Map<String, Set<String>> COMPARISONS = Map.of(
            "java.lang.String",
                    Set.of("equals", "equalsIgnoreCase", "contentEquals", "compareTo", "regionMatches", "startsWith"),
            "java.util.Objects", Set.of("equals"),
            "java.util.Arrays", Set.of("equals", "compare", "mismatch"));

    private static final JavaClasses CLASSES = MainClasses.ALL;

    @Test
    void whatIsShownIsComparedWithASecretInThesePlacesOnlyAndAllOfItEachTime() {
        var comparing = new TreeSet<String>();
        for (JavaClass each : CLASSES) {
            if (each.getCodeUnits().stream().anyMatch(SecretsTest::comparesInEqualTime)) {
                comparing.add(each.getSimpleName());
            }
        }

        assertThat(comparing)
                .containsExactly("AuthKey", "OperatorCredentials", "SignatureCheck", "Subscription", "WebPolicy");
    }

    @Test
    void nothingElseComparesASecret() {
        List<String> others = CLASSES.stream()
                .flatMap(each -> each.getCodeUnits().stream())
                .filter(each -> accesses(each, SecretsTest::isSecret))
                .filter(each -> accesses(each, SecretsTest::isComparison) && !comparesInEqualTime(each))
                .map(JavaCodeUnit::getFullName)
                .collect(Collectors.toList());

        assertThat(others).isEmpty();
    }

    private static boolean comparesInEqualTime(JavaCodeUnit unit) {
        return accesses(
                unit,
                target -> target.getOwner().getName().equals("java.security.MessageDigest")
                        && target.getName().equals("isEqual"));
    }

    private static boolean isSecret(AccessTarget target) {
        return target.getOwner().getPackageName().startsWith("dev.whirl") && SECRETS.contains(target.getName());
    }

    private static boolean isComparison(AccessTarget target) {
        return COMPARISONS.getOrDefault(target.getOwner().getName(), Set.of()).contains(target.getName());
    }

    private static boolean accesses(JavaCodeUnit unit, Predicate<AccessTarget> what) {
        return unit.getAccessesFromSelf().stream().map(JavaAccess::getTarget).anyMatch(what);
    }
}
