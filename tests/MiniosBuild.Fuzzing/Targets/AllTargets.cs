using MiniosBuild.Fuzzing.Execution;

namespace MiniosBuild.Fuzzing.Targets;

/// <summary>Everything that takes input from outside.</summary>
public static class AllTargets
{
    public static IReadOnlyList<string> Names { get; } =
        ["elf", "ar", "policy", "plan", "declarations", "declaration-list", "header", "source", "census", "validator", "rewrite", "dwarf", "api-list", "consumers", "map", "pass", "baseline", "contract", "linker-script", "code", "link", "makefile", "config-file"];

    /// <summary>The target of that name; null when there is none.</summary>
    public static FuzzTarget? Find(string name) => name switch
    {
        "elf" => new ElfTarget(),
        "ar" => new ArTarget(),
        "policy" => new PolicyTarget(),
        "plan" => new PlanTarget(),
        "declarations" => new DeclarationsTarget(),
        "declaration-list" => new DeclarationListTarget(),
        "header" => new HeaderTarget(),
        "source" => new SourceTarget(),
        "census" => new CensusTarget(),
        "validator" => new ValidatorTarget(),
        "rewrite" => new RewriteTarget(),
        "dwarf" => new DwarfTarget(),
        "api-list" => new ApiListTarget(),
        "consumers" => new ConsumersTarget(),
        "map" => new MapTarget(),
        "pass" => new PassTarget(),
        "baseline" => new BaselineTarget(),
        "contract" => new ContractTarget(),
        "linker-script" => new LinkerScriptTarget(),
        "code" => new CodeTarget(),
        "link" => new LinkTarget(),
        "makefile" => new MakefileTarget(),
        "config-file" => new ConfigFileTarget(),
        _ => null,
    };
}
