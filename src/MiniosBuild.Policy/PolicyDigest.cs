using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MiniosBuild.Policy.Json;

namespace MiniosBuild.Policy;

/// <summary>
/// Identifies what a policy does to names. Layout, comments, the policy's name, severities and the order of its lists do not count;
/// the order of the rename rules does, since the first that fits decides.
/// </summary>
internal static class PolicyDigest
{
    private const int BytesShown = 8;

    /// <summary>16 hexadecimal digits.</summary>
    public static string Of(NamespacePolicy policy) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', Parts(policy, NamespacePolicy.Properties(PolicyReader.None))))).AsSpan(0, BytesShown));

    /// <summary>What counts of each property that has a part in names, after its name and how much it is: a name on a list may be spelled as a property is.</summary>
    public static IEnumerable<string> Parts<T>(T section, IEnumerable<PolicyProperty<T>> properties)
        where T : class
    {
        foreach (PolicyProperty<T> property in properties)
        {
            if (property.Counts is { } counts)
            {
                string[] parts = [.. counts(section)];
                yield return string.Create(CultureInfo.InvariantCulture, $"{property.Name} {parts.Length}");
                foreach (string part in parts)
                {
                    yield return part;
                }
            }
        }
    }

    /// <summary>Names as a set.</summary>
    public static IEnumerable<string> Set(IEnumerable<PolicyName> names) => names.Select(name => name.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>Rules in their order.</summary>
    public static IEnumerable<string> List(IEnumerable<RenameRule> rules) =>
        rules.SelectMany(rule => new[] { rule.IsPattern ? "match" : "from", rule.From, rule.To, rule.Library ?? "*" });
}

/// <summary>A property of a policy, as <see cref="JsonProperty{T}"/>.</summary>
/// <param name="name">As there.</param>
/// <param name="read">As there.</param>
/// <param name="counts">What of it counts in the digest, as texts; null when it has no part in names.</param>
internal sealed class PolicyProperty<T>(string name, Func<T, JsonValue, T> read, Func<T, IEnumerable<string>>? counts) : JsonProperty<T>(name, read)
    where T : class
{
    public Func<T, IEnumerable<string>>? Counts => counts;
}
