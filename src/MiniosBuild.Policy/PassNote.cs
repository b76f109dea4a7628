using System.Globalization;
using System.Text.RegularExpressions;

namespace MiniosBuild.Policy;

/// <summary>
/// What the note of an object says about the pass that it went through, so that a second pass changes nothing and one of another
/// policy is refused (trap 23). As text: <c>pass=1 digest=0123456789abcdef libc=stub policy=NAME</c>.
/// </summary>
/// <param name="Version">Of the rules that the engine itself follows.</param>
/// <param name="Digest">The policy's <see cref="NamespacePolicy.Digest"/>.</param>
/// <param name="Libc">Whose C library the plan reckoned with.</param>
/// <param name="PolicyName">For messages: names of policies are not told apart.</param>
public sealed partial record PassNote(int Version, string Digest, LibcMode Libc, string PolicyName)
{
    private const int CurrentVersion = 1;

    /// <summary>The note of a pass under a policy.</summary>
    public static PassNote For(NamespacePolicy policy, LibcMode libc) =>
        new(CurrentVersion, policy.Digest, libc, ControlCharacter().Replace(policy.Name, " "));

    /// <summary>The text that objects carry after a pass under a policy.</summary>
    public static string TextFor(NamespacePolicy policy, LibcMode libc) => For(policy, libc).ToString();

    /// <summary>Reads a note; null when the text is none, or one of a later version that says other things.</summary>
    public static PassNote? Parse(string text)
    {
        Match match = Form().Match(text);
        return match.Success
            && int.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int version)
            && Enum.TryParse(match.Groups[3].ValueSpan, ignoreCase: true, out LibcMode libc)
                ? new PassNote(version, match.Groups[2].Value, libc, match.Groups[4].Value)
                : null;
    }

    /// <summary>Whether both passes do the same to every name.</summary>
    public bool IsSamePass(PassNote other) => (Version, Digest, Libc) == (other.Version, other.Digest, other.Libc);

    /// <summary>The note's text.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"pass={Version} digest={Digest} libc={Libc.ToString().ToLowerInvariant()} policy={PolicyName}");

    [GeneratedRegex(@"\Apass=([0-9]{1,9}) digest=([0-9a-f]{16}) libc=(stub|private|none) policy=([^\p{Cc}]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"\p{Cc}")]
    private static partial Regex ControlCharacter();
}
