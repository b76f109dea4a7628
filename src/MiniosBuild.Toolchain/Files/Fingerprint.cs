using System.Security.Cryptography;
using System.Text;

namespace MiniosBuild.Toolchain.Files;

/// <summary>A digest of everything that decides a step's result except the contents of its input files.</summary>
public static class Fingerprint
{
    /// <summary>SHA-256, in hexadecimal, of the parts; each part is delimited, so that ["ab"] and ["a","b"] differ.</summary>
    public static string Of(IEnumerable<string> parts)
    {
        // A new version of this layer may pass other arguments or write other bytes for the same request.
        return OfContent(parts.Prepend(typeof(Fingerprint).Module.ModuleVersionId.ToString()));
    }

    /// <summary>The same for what is kept over versions of this layer: the parts have to say which way of making it they stand for.</summary>
    public static string OfContent(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in parts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData([0]);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
