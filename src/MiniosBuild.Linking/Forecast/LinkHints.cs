using System.Text;
using System.Text.RegularExpressions;
using MiniosBuild.Linking.Contracts;
using MiniosBuild.ObjectFormats.Elf;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Linking.Forecast;

/// <summary>What could give a name that nothing in a link gives, in whole sentences.</summary>
internal sealed partial class LinkHints
{
    private const int MostNearNames = 32;

    private readonly NamespacePolicy _policy;
    private readonly Func<MissingName, IEnumerable<string>>? _callers;
    private readonly ContractNames _kinds;
    private readonly IReadOnlyList<LinkObject> _objects;
    private readonly Dictionary<string, string> _libraries = new(StringComparer.Ordinal);
    private int _asked;

    public LinkHints(LinkCheckInput input, LinkForecast forecast, ContractNames kinds)
    {
        _policy = input.Policy;
        _callers = input.Hints;
        _kinds = kinds;
        _objects = forecast.Objects;
        foreach ((string name, LinkPlace place) in forecast.Definitions)
        {
            if (place.Object.Party is LinkParty.Framework or LinkParty.Guest)
            {
                _libraries.TryAdd(name, place.Object.Library);
            }
        }

        foreach (LinkArchive archive in forecast.Archives)
        {
            if (archive.Input.Party is LinkParty.Framework or LinkParty.Guest)
            {
                foreach (string name in archive.Names)
                {
                    _libraries.TryAdd(name, archive.Input.Library);
                }
            }
        }
    }

    /// <summary>At least one sentence. What the caller says of a name is of its own project, and enough.</summary>
    public string For(MissingName missing)
    {
        string name = missing.Name;
        bool isC = _policy.CNames.Contains(name);
        List<string> hints = isC || missing.NeededBy(LinkOrigin.Elsewhere) is not { } stranger || ForStranger(name, stranger) is not { } adopt ? [] : [adopt];
        hints.AddRange(_callers?.Invoke(missing) ?? []);
        if (_libraries.TryGetValue(name, out string? early))
        {
            hints.Add($"The library {early} has it, but stands before what needs it: the linker takes from an archive only what was asked for until then. Put it behind; a guest's own is a MiniosGuestLibrary item.");
        }

        if (hints.Count > 0)
        {
            return string.Join(' ', hints);
        }

        if (StaticIn(name, LinkParty.Guest) is { } closed)
        {
            hints.Add($"{closed} has one that is static: take the word away there, and declare it in a header.");
        }

        if (NewSpelling(name) is { } spelling)
        {
            hints.Add($"The library {_libraries[spelling]} calls it \"{spelling}\": include mini-os/compat.h, or use the new name.");
        }

        if (IsOfCPlusPlus(name))
        {
            return "Compilers of C++ refer to it by themselves, and their run-time library is not part of a guest: compile with -fno-exceptions, -fno-rtti and -fno-threadsafe-statics, and define it.";
        }

        ContractNameKind kind = _kinds.KindOf(name);
        if (kind == ContractNameKind.Compiler && !isC)
        {
            hints.Add(SoftFloatingPoint().IsMatch(name)
                ? "Compilers call it for floating point where they may not use registers for that, and on x86 their run-time library does not have it: allow those of the processor (MiniosFloatingPoint), or use whole numbers."
                : "Compilers refer to it by themselves; their run-time library has it (the file that \"gcc -print-libgcc-file-name\" names).");
        }
        else if (isC)
        {
            hints.Add("It is a name of ISO C or POSIX: choose a libc that has it (MiniosLibc), or define it.");
        }
        else if (hints.Count == 0 && _asked++ < MostNearNames && NearestName.Find(name, _libraries.Keys) is { } near)
        {
            hints.Add($"Did you mean \"{near}\" of the library {_libraries[near]}?");
        }

        if (hints.Count == 0)
        {
            hints.Add(missing.Uses.All(use => use.Place.Object.Party == LinkParty.Framework)
                ? "The framework leaves it to the guest: define it in a source of the guest, or add the library that does."
                : "Add the library that defines it, or define it.");
        }

        return string.Join(' ', hints);
    }

    /// <summary>What helps an object whose source is not at hand; null when the set has nothing for the name.</summary>
    private string? ForStranger(string name, LinkObject stranger) =>
        NewSpelling(name) is { } spelling ? $"{stranger.Place} was not compiled here and says the old name of \"{spelling}\": name the file under MiniosAdopt, and its references follow."
        : Candidates(name).Append(name).Select(candidate => StaticIn(candidate, LinkParty.Framework)).FirstOrDefault(place => place is not null) is { } keeper
            ? $"{stranger.Place} was not compiled here, and {keeper} keeps the name to itself: name the file under MiniosAdopt, and the name stays within its reach."
        : null;

    /// <summary>The object of a party that keeps a definition to itself; null for none.</summary>
    private string? StaticIn(string name, LinkParty party)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return _objects.FirstOrDefault(owner => owner is { Elf: { } elf } && owner.Party == party && elf.Symbols.Any(symbol =>
            !symbol.IsGlobal && symbol.IsDefined && symbol.Type is ElfSymbolType.Func or ElfSymbolType.Object && symbol.NameBytes.SequenceEqual(bytes)))?.Place;
    }

    // Itanium C++ ABI: the run-time support, and operators new and delete (5.1.3, Operator Encodings).
    private static bool IsOfCPlusPlus(string name) =>
        name is "__dso_handle" or "__gxx_personality_v0"
        || name.StartsWith("__cxa_", StringComparison.Ordinal) || name.StartsWith("_ZTVN10__cxxabiv1", StringComparison.Ordinal)
        || (name.Length > 4 && name[..4] is "_Znw" or "_Zna" or "_Zdl" or "_Zda");

    // GCC internals, Soft float library routines; without those that libgcc has for x86 too.
    [GeneratedRegex("^__(?:(?:add|sub|mul|div)[sd]f3|(?:neg|cmp|unord|eq|ne|l[te]|g[te])[sd]f2|fix[sd]f[sd]i|float(?:un)?[sd]i[sd]f)$")]
    private static partial Regex SoftFloatingPoint();

    private string? NewSpelling(string name)
    {
        foreach (string candidate in Candidates(name))
        {
            if (candidate != name && _libraries.ContainsKey(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    private IEnumerable<string> Candidates(string name)
    {
        foreach (RenameRule rule in _policy.Renames)
        {
            if (rule.Expression is null)
            {
                if (rule.From == name)
                {
                    yield return rule.To;
                }
            }
            else if (rule.Expression.IsMatch(name))
            {
                yield return rule.Expression.Replace(name, rule.To);
            }
        }

        yield return _policy.PublicPrefix + name;
        yield return _policy.InternalPrefix + name;
        yield return _policy.DriverPrefix + name;
    }
}
