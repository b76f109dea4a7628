using System.Text;
using MiniosBuild.CSource.Census;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.Renaming.Planning;

/// <summary>The eight rules, in order; the first that fits decides.</summary>
internal sealed class SymbolClassifier
{
    private readonly NamespacePolicy _policy;
    private readonly PolicyWords _words;
    private readonly DriverLibraries _drivers;
    private readonly LibcMode _libc;
    private readonly bool _isAllPublic;
    private readonly bool _countsHeaders;
    private readonly bool _decidesByMarks;
    private readonly byte[] _publicPrefix;
    private readonly byte[] _internalPrefix;
    private readonly byte[][] _driverPrefixes;

    public SymbolClassifier(
        NamespacePolicy policy, PublicDeclarations declarations, LibcMode libc, IReadOnlySet<string> consumerNeeds, SpelledNames spelled, NameTable marks)
    {
        _policy = policy;
        _libc = libc;
        _words = new PolicyWords(policy, declarations, consumerNeeds, spelled, marks);
        _drivers = new DriverLibraries(policy.Drivers);
        _countsHeaders = policy.Public.CountsHeaders(marks.Count > 0);
        _decidesByMarks = policy.Public.DecidesByMarks(marks.Count > 0);
        _isAllPublic = _countsHeaders && declarations.IsEverything;
        Rules = new RenameRules(policy.Renames, _drivers);
        _publicPrefix = Encoding.UTF8.GetBytes(policy.PublicPrefix);
        _internalPrefix = Encoding.UTF8.GetBytes(policy.InternalPrefix);
        _driverPrefixes = [.. policy.Drivers.Select(driver => Encoding.UTF8.GetBytes(driver.Prefix))];
    }

    /// <summary>The policy's explicit rules, and which of them some name met.</summary>
    public RenameRules Rules { get; }

    public bool IsHook(ReadOnlySpan<byte> name) => (_words.Listed(name) & WordTraits.Hook) != 0;

    /// <summary>Whether a name is not the set's to give or take: compilers, linkers, guests and the boot protocol rely on it.</summary>
    public string? ReservedBy(ReadOnlySpan<byte> name)
    {
        WordTraits listed = _words.Listed(name);
        return _words.IsCompilerMade(name, listed) ? "compiler"
            : _words.IsLinkerMade(name, listed) ? "linker"
            : _words.IsKept(name, listed) ? "keep list"
            : (listed & WordTraits.Hook) != 0 ? "hook list"
            : null;
    }

    /// <summary>Whether <see cref="ReservedBy"/> may hold a name with that beginning.</summary>
    public bool MayReserve(ReadOnlySpan<byte> beginning) => _words.MayReserve(beginning);

    /// <summary>What happens to a name; <paramref name="text"/> is its new name where a rule of the policy gives it.</summary>
    public Outcome Classify(in NameSubject subject, out string text)
    {
        WordTraits listed = _words.Listed(subject.Name);
        text = "";
        return MadeByTools(subject, listed)
            ?? Listed(subject, listed)
            ?? (_decidesByMarks && IsHidden(subject) ? null : InNamespace(subject))
            ?? Explicit(subject, out text)
            ?? Spelled(subject, listed)
            ?? OfLibc(subject, listed)
            ?? (_decidesByMarks && IsHidden(subject) ? null : OfDriver(subject))
            ?? (subject.IsFunction ? Function(subject, listed) : Data(subject, listed));
    }

    private Outcome? MadeByTools(in NameSubject subject, WordTraits listed)
    {
        return IsOfPrivateLibc(subject, listed) ? null
            : _words.IsCompilerMade(subject.Name, listed) ? Outcome.Keep(1, ReasonKind.CompilerMade)
            : _words.IsLinkerMade(subject.Name, listed) ? Outcome.Keep(1, ReasonKind.LinkerMade)
            : subject.Name.StartsWith(".L"u8) ? Outcome.Keep(1, ReasonKind.AssemblerLabel)
            : null;
    }

    private Outcome? Listed(in NameSubject subject, WordTraits listed) =>
        _words.IsKept(subject.Name, listed) ? Outcome.Keep(2, ReasonKind.Kept)
        : (listed & WordTraits.Hook) != 0 ? Outcome.Keep(2, ReasonKind.Hook)
        : null;

    private Outcome? InNamespace(in NameSubject subject) =>
        subject.Name.StartsWith(_publicPrefix) ? Outcome.Keep(3, ReasonKind.InsidePublic)
        : subject.Name.StartsWith(_internalPrefix) ? Outcome.Keep(3, ReasonKind.InsideInternal)
        : null;

    private Outcome? Explicit(in NameSubject subject, out string text)
    {
        text = "";
        int number = Rules.IsEmpty ? -1 : Rules.Find(subject, out text);
        if (number < 0)
        {
            return null;
        }

        string? library = _policy.Renames[number].Library;
        foreach (DriverNamespace driver in _policy.Drivers)
        {
            if (driver.Library == library && text.StartsWith(driver.Prefix, StringComparison.Ordinal))
            {
                text = _policy.DriverPrefix + text;
                break;
            }
        }

        return Encoding.UTF8.GetBytes(text).AsSpan().SequenceEqual(subject.Name)
            ? Outcome.Keep(4, ReasonKind.Rule, number)
            : Outcome.Rename(NewNameForm.Text, 4, ReasonKind.Rule, number);
    }

    /// <summary>What users of a header refer to in assembly cannot have another name, unless the policy asks for it by name: it then has to mend the header.</summary>
    private Outcome? Spelled(in NameSubject subject, WordTraits listed) =>
        (listed & WordTraits.Spelled) != 0 && !IsOfPrivateLibc(subject, listed) ? Outcome.Keep(2, ReasonKind.Spelled) : null;

    /// <summary>A private libc's memcpy serves the set alone; the guest's own libc serves the guest.</summary>
    private bool IsOfPrivateLibc(in NameSubject subject, WordTraits listed) =>
        _libc == LibcMode.Private && subject.Library == NamespacePolicy.LibcLibrary && (listed & WordTraits.C) != 0;

    private Outcome? OfLibc(in NameSubject subject, WordTraits listed)
    {
        if (subject.Library == NamespacePolicy.LibcLibrary && _libc == LibcMode.Private)
        {
            return Outcome.Rename(NewNameForm.Internal, 5, ReasonKind.PrivateLibc);
        }

        bool isC = (listed & WordTraits.C) != 0 && !(_decidesByMarks && IsHidden(subject));
        return isC && (subject.Library is null or NamespacePolicy.LibcLibrary) ? Outcome.Keep(5, ReasonKind.CName) : null;
    }

    private Outcome? OfDriver(in NameSubject subject)
    {
        for (int driver = 0; driver < _driverPrefixes.Length; driver++)
        {
            if (subject.Name.StartsWith(_driverPrefixes[driver]) && _drivers.Serve(_policy.Drivers[driver].Library, subject))
            {
                return _policy.DriverPrefix.Length == 0
                    ? Outcome.Keep(6, ReasonKind.Driver, driver)
                    : Outcome.Rename(NewNameForm.Driver, 6, ReasonKind.Driver, driver);
            }
        }

        return null;
    }

    private Outcome Data(in NameSubject subject, WordTraits listed)
    {
        bool hides = _policy.Data == SymbolTreatment.Hide;
        ReasonKind reason =
            (hides || _policy.DeclaredData == DeclaredData.Public) && _countsHeaders && (listed & WordTraits.DeclaredVariable) != 0 ? ReasonKind.DeclaredVariable
            : (listed & WordTraits.Marked) != 0 ? ReasonKind.MarkedVariable
            : IsOn(WordTraits.Listed, subject, listed) ? ReasonKind.ListedVariable
            : _isAllPublic ? ReasonKind.PublicVariable
            : subject.User >= 0 ? ReasonKind.UsedVariable
            : IsOn(WordTraits.Needed, subject, listed) ? ReasonKind.NeededVariable
            : ReasonKind.UnusedVariable;
        return reason == ReasonKind.UnusedVariable ? Outcome.Localize(7, reason)
            : hides ? Outcome.Keep(7, reason, subject.User)
            : Outcome.Rename(reason == ReasonKind.DeclaredVariable ? NewNameForm.Public : NewNameForm.Internal, 7, reason, subject.User);
    }

    private Outcome Function(in NameSubject subject, WordTraits listed)
    {
        ReasonKind reason =
            _countsHeaders && (listed & WordTraits.DeclaredFunction) != 0 ? ReasonKind.DeclaredFunction
            : (listed & WordTraits.Marked) != 0 ? ReasonKind.MarkedFunction
            : IsOn(WordTraits.Listed, subject, listed) ? ReasonKind.ListedFunction
            : IsOn(WordTraits.Needed, subject, listed) ? ReasonKind.NeededFunction
            : _isAllPublic ? ReasonKind.PublicFunction
            : subject.User >= 0 ? ReasonKind.UsedFunction
            : ReasonKind.UnusedFunction;
        return reason == ReasonKind.UnusedFunction ? Outcome.Localize(8, reason)
            : _policy.Functions == SymbolTreatment.Hide ? Outcome.Keep(8, reason, subject.User)
            : Outcome.Rename(reason == ReasonKind.UsedFunction ? NewNameForm.Internal : NewNameForm.Public, 8, reason, subject.User);
    }

    private bool IsHidden(in NameSubject subject) => (subject.IsFunction ? _policy.Functions : _policy.Data) == SymbolTreatment.Hide;

    /// <summary>Consumers may have been compiled, and lists written, before the rename or after it.</summary>
    private bool IsOn(WordTraits list, in NameSubject subject, WordTraits listed)
    {
        if (!_words.HasNeeds)
        {
            return false;
        }

        byte[] renamed = [.. subject.IsFunction ? _publicPrefix : _internalPrefix, .. subject.Name], declared = [.. _publicPrefix, .. subject.Name];
        return ((listed | _words.Listed(renamed) | _words.Listed(declared)) & list) != 0;
    }
}
