using System.Buffers.Binary;
using System.Numerics;

namespace MiniosBuild.ObjectFormats.Dwarf;

/// <summary>A number for a name. Of very long names it covers the first part only: damaged strings may be as long as their section.</summary>
internal static class NameHash
{
    public const int LongestName = 1024;

    private const ulong Multiplier = 0x9e3779b97f4a7c15;

    public static uint Of(ReadOnlySpan<byte> name)
    {
        name = name[..Math.Min(name.Length, LongestName)];
        ulong hash = (ulong)name.Length;
        while (name.Length >= sizeof(ulong))
        {
            hash = Mix(hash, BinaryPrimitives.ReadUInt64LittleEndian(name));
            name = name[sizeof(ulong)..];
        }

        ulong last = 0;
        foreach (byte letter in name)
        {
            last = (last << 8) | letter;
        }

        return (uint)(Mix(hash, last) >> 32);
    }

    private static ulong Mix(ulong hash, ulong value) => (BitOperations.RotateLeft(hash, 29) ^ value) * Multiplier;
}
