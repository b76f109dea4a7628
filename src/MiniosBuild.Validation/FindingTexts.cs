using MiniosBuild.CSource.Names;
using MiniosBuild.ObjectFormats.Dwarf;
using MiniosBuild.ObjectFormats.Elf;

namespace MiniosBuild.Validation;

/// <summary>Says in words what a finding in numbers means.</summary>
internal sealed class FindingTexts(NamespacePolicy policy, PermittedNames names)
{
    public static string? WordOf(SymbolKind symbol) => symbol switch
    {
        SymbolKind.Function => "function",
        SymbolKind.Data or SymbolKind.Absolute => "data",
        SymbolKind.Tls => "tls",
        SymbolKind.Ifunc => "ifunc",
        SymbolKind.Common => "common",
        _ => null,
    };

    public string Text(in FoundEntry entry, string name, SetObject owner, SetObject? other, SourcePosition? otherPosition)
    {
        SymbolSite site = entry.Site;
        string kind = WordOf(site.Kind) ?? "symbol";
        string what = $"{kind} \"{name}\" ({WordOf(site.Binding)})";
        string there = other is null ? ""
            : otherPosition is { } position ? $"{other.Place} at {position.File}({position.Line})" : other.Place;
        return entry.Code switch
        {
            SetFinding.OutsideNamespace =>
                $"{what} is outside the policy {policy.Name}: {names.Explain(owner.Library, name, site.IsCode)}.",
            SetFinding.NoLibcName =>
                $"{what} of the libc is outside the policy {policy.Name}, and no name that ISO C or POSIX gives a libc: {names.Explain(owner.Library, name, site.IsCode)}.",
            SetFinding.StrongHook =>
                $"{what} is a hook, but not weak (rule 2), so that no guest can override it; declare it __attribute__((weak)).",
            SetFinding.HiddenTarget when other is null =>
                $"\"{name}\" is local here and global nowhere in the set, but rule 2 keeps it global: what guests or the linker define or expect under that name is not found. Do not make it local.",
            SetFinding.HiddenTarget =>
                $"\"{name}\" is referred to here, but {there} has it as a local symbol only: {(site.IsWeak ? "the weak reference silently becomes 0" : "the link fails")}. Rename it instead of making it local.",
            SetFinding.DeclaredLocal =>
                $"{kind} \"{name}\" is local, but a public header declares it: whoever uses it cannot be linked. Take it out of the header, or keep it global: {(policy.DeclaredData == DeclaredData.Internal ? "\"declaredData\": \"public\" in the policy makes what headers declare public" : "list it under keep, or name who uses it as a consumer")}.",
            SetFinding.Common =>
                $"{what} has no section and can meet any other variable of its name; let it go through the symbol pass, which gives it a place, or compile with -fno-common.",
            SetFinding.Leftover =>
                $"{kind} \"{name}\" is global, but {(policy.Public == PublicSources.Default ? "no public header declares it" : $"nothing that the policy counts ({PublicWords}) makes it public")} and no other object of the set refers to it (rule {(site.IsCode ? 8 : 7)}); make it static, or apply the symbol pass.",
            SetFinding.Unresolved =>
                $"\"{name}\" is referred to here and defined nowhere in the set, and it is no hook and no name of the linker, the compiler or the C library; whoever links the set has to define it, or it was renamed elsewhere and not here. Add the library that defines it. If a program is to define it, name the program as a consumer, list the name under keep, or give it a weak default and list it under hooks.",
            SetFinding.Duplicate =>
                $"{kind} \"{name}\" is defined here and in {there}; no link can take both. Make one static or weak, or rename it.",
            SetFinding.OverExport =>
                $"{kind} \"{name}\" is global, but no other object of the set, no public header and no consumer knows it; it could be static.",
            SetFinding.Alternative =>
                $"{kind} \"{name}\" is defined here and in {there}; a link takes whichever comes first and passes over the other without a word. Keep one of the two.",
            SetFinding.CommonAndDefined =>
                $"\"{name}\" is common here, and defined in {there}: a link makes them one variable, whatever their types are. Declare it extern here, and compile with -fno-common.",
            SetFinding.WeakWithoutTarget =>
                $"\"{name}\" is referred to weakly and defined nowhere in the set: it is 0 unless a guest defines it. If it was renamed or removed, mend the reference.",
            SetFinding.HookDefinedTwice =>
                $"the hook \"{name}\" is defined here and in {there}, both weakly: a guest that leaves it out gets whichever comes first. Keep one default.",
            SetFinding.HookWithoutDefault =>
                $"the hook \"{name}\" is needed here and has no default in the set: a guest that does not define it fails to link. Define it __attribute__((weak)) if guests may leave it out.",
            SetFinding.SymbolVersion =>
                $"\"{name}\" carries a symbol version, which a static link has no use for and a rename of \"{name[..name.IndexOf('@')]}\" misses; remove the .symver directive or attribute.",
            SetFinding.Spelled =>
                $"{what} stays outside the policy {policy.Name}, since {Spelling(name)} spells it, and whoever uses that header refers to it so. Hand the symbol to the assembly as an operand (\"i\"({name})), and it gets its name like any other.",
            SetFinding.PublicUnasked =>
                $"{kind} \"{name}\" begins with {policy.PublicPrefix}, but nothing that the policy {policy.Name} counts ({PublicWords}) makes it public; rule 8 wants it under {policy.InternalPrefix}, or local. Apply the symbol pass, or let the policy count what makes it public.",
            _ =>
                $"{kind} \"{name}\" is GNU unique, of which one serves all images of a process: it stays global under objcopy -G and marks the image as GNU's. Compile with -fno-gnu-unique.",
        };
    }

    private string Spelling(string name)
    {
        HeaderText text = names.SpellingOf(name);
        return $"{(text.IsLabel ? "an asm label" : "the assembly")} at {text.Site.File}({text.Site.Line})";
    }

    private string PublicWords => string.Join(", ", (policy.Public with { Consumers = true }).Named);

    private static string WordOf(ElfSymbolBinding binding) => binding switch
    {
        ElfSymbolBinding.Global => "global",
        ElfSymbolBinding.Weak => "weak",
        ElfSymbolBinding.GnuUnique => "GNU unique",
        _ => binding.ToString(),
    };
}
