package dev.slipway.server;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a server process does. Each role is a Spring profile of the same name. */
enum Role {
    API,
    WORKER;

    /** {@code all} as in {@code slipway.roles}: names with commas between. */
    static List<Role> parse(String all) {
        return Arrays.stream(all.split(",", -1)).map(Role::ofName).distinct().toList();
    }

    private static Role ofName(String name) {
        for (Role role : values()) {
            if (role.profile().equals(name.strip())) {
                return role;
            }
        }
        throw new StartupException(
                "slipway.roles: invalid role \"" + name.strip() + "\"", "Use api, worker or api,worker.");
    }

    String profile() {
        return name().toLowerCase(Locale.ROOT);
    }
}
