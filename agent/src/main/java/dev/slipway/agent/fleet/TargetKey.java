package dev.slipway.agent.fleet;

/** A target of this node. */
public record TargetKey(String environment, String target) {
    /** The name of its folder. Names hold no dot, so that no two keys share one. */
    public String folder() {
        return environment + "." + target;
    }

    /** The target whose folder has this name. */
    public static TargetKey ofFolder(String name) {
        int dot = name.indexOf('.');
        return new TargetKey(name.substring(0, dot), name.substring(dot + 1));
    }

    @Override
    public String toString() {
        return target + " of environment " + environment;
    }
}
