using MiniosBuild.Linking.Options;
using MiniosBuild.Linking.Scripts;

namespace MiniosBuild.Linking.Forecast;

/// <summary>What a link depends on besides its files.</summary>
public sealed record LinkSettings
{
    /// <summary>The options; where they name files, those must be among the inputs too.</summary>
    public LinkerOptions Options { get; init; } = LinkerOptions.None;

    /// <summary>What the linker script defines, as if <c>-T</c> came before the files; null when the linker's own script is used.</summary>
    public LinkerScriptNames? Script { get; init; }

    /// <summary>
    /// Gives the file of a path that a linker script leads to, absolute or from the linker's current folder; null when there is none.
    /// Without it the files that scripts name are not followed.
    /// </summary>
    public Func<string, LinkFile?>? Files { get; init; }

    /// <summary>
    /// Names that the linker makes by itself when they are needed; <c>*</c> and <c>?</c> are wildcards. Beside these it always makes
    /// <c>__start_SECTION</c> and <c>__stop_SECTION</c> of sections whose names are C identifiers.
    /// </summary>
    public IReadOnlyList<string> LinkerNames { get; init; } = BuiltIn;

    /// <summary>What GNU ld makes without any script.</summary>
    public static IReadOnlyList<string> BuiltIn { get; } =
        ["_GLOBAL_OFFSET_TABLE_", "_PROCEDURE_LINKAGE_TABLE_", "_DYNAMIC", "_TLS_MODULE_BASE_", "__ehdr_start"];
}
