package dev.slipway.store.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.slipway.core.failure.FailureType;
import dev.slipway.core.failure.SlipwayException;
import dev.slipway.core.secret.MasterKey;
import dev.slipway.store.StoreTest;
import dev.slipway.store.TestDatabase;
import java.util.Arrays;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@StoreTest
class SecretStoreTest {
    private static final String VALUE = "glpat-Zß€😀\nsecond line";

    @Autowired
    private SecretStore secrets;

    @Autowired
    private JdbcClient jdbc;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry registry) {
        TestDatabase.provide(registry);
    }

    @BeforeEach
    void empty() {
        jdbc.sql("delete from secret").update();
    }

    @Test
    void givesBackWhatWasStoredLast() {
        assertThat(secrets.put("token", "first").fresh()).isTrue();
        SecretStore.Put second = secrets.put("token", VALUE);

        assertThat(second.fresh()).isFalse();
        assertThat(second.secret().changedAt()).isAfter(second.secret().createdAt());
        assertThat(secrets.resolve("token")).isEqualTo(VALUE);
        assertThat(secrets.findAll()).containsExactly(second.secret());
    }

    @Test
    void knowsNothingOfWhatWasDeleted() {
        secrets.put("token", VALUE);

        assertThat(secrets.delete("token")).isTrue();
        assertThat(secrets.delete("token")).isFalse();

        assertRefused(() -> secrets.resolve("token"), FailureType.UNKNOWN_SECRET);
        assertThat(secrets.findAll()).isEmpty();
    }

    @Test
    void listsByName() {
        secrets.put("b", VALUE);
        secrets.put("a", VALUE);

        assertThat(secrets.findAll()).extracting(StoredSecret::name).containsExactly("a", "b");
    }

    @Test
    void leavesNothingReadableInTheDatabase() {
        secrets.put("one", "plain-text-value");
        secrets.put("two", "plain-text-value");

        assertThat(jdbc.sql("""
                        select count(*) from secret
                        where position('plain-text'::bytea in sealed_value || sealed_key) > 0""").query(Integer.class).single()).isZero();
        assertThat(jdbc.sql("select count(distinct sealed_value) + count(distinct sealed_key) from secret")
                        .query(Integer.class)
                        .single())
                .isEqualTo(4);
    }

    @Test
    void saysThatAnotherKeyIsNeeded() {
        byte[] other = new byte[32];
        Arrays.fill(other, (byte) 7);
        secrets.put("token", VALUE);

        SecretStore stranger =
                new SecretStore(jdbc, MasterKey.ofBase64(Base64.getEncoder().encodeToString(other)));

        assertThat(assertRefused(() -> stranger.resolve("token"), FailureType.SECRET_UNREADABLE))
                .contains("different key", "SLIPWAY_SECRET_KEY_FILE", "slipway secret set token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update secret set sealed_value = set_byte(sealed_value, 20, get_byte(sealed_value, 20) # 1)",
                "update secret set sealed_key = set_byte(sealed_key, 3, get_byte(sealed_key, 3) # 1)",
                "update secret set sealed_value = ''",
                "update secret set sealed_key = substring(sealed_key for 14)",
                "update secret set sealed_value = o.sealed_value from secret o where o.name <> secret.name",
                "update secret set sealed_value = o.sealed_value, sealed_key = o.sealed_key from secret o"
                        + " where o.name <> secret.name",
            })
    void opensNothingThatWasTamperedWith(String tampering) {
        secrets.put("token", VALUE);
        secrets.put("other", "another value");
        jdbc.sql(tampering).update();

        assertThat(assertRefused(() -> secrets.resolve("token"), FailureType.SECRET_UNREADABLE))
                .contains("was modified in the database")
                .doesNotContain("glpat", "another value");
    }

    private static String assertRefused(ThrowingCallable action, FailureType type) {
        StringBuilder message = new StringBuilder();
        assertThatExceptionOfType(SlipwayException.class)
                .isThrownBy(action)
                .satisfies(e -> assertThat(e.type()).isEqualTo(type))
                .satisfies(e -> message.append(e.getMessage()));
        return message.toString();
    }
}
