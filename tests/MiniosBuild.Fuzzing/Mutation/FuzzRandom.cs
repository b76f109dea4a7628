namespace MiniosBuild.Fuzzing.Mutation;

/// <summary>Random numbers by xoshiro256**, the same on every machine and version, cheap to start anew for each execution.</summary>
public sealed class FuzzRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>Two equal pairs give equal sequences.</summary>
    public FuzzRandom(ulong seed, ulong sequence)
    {
        ulong state = seed ^ (sequence * 0x9e3779b97f4a7c15);
        _a = Split(ref state);
        _b = Split(ref state);
        _c = Split(ref state);
        _d = Split(ref state);
    }

    /// <summary>A sequence that the bytes alone decide, for choices that have to be the same when the input is tried again.</summary>
    public static FuzzRandom Of(ReadOnlySpan<byte> bytes)
    {
        ulong hash = 0xcbf29ce484222325;
        foreach (byte value in bytes)
        {
            hash = (hash ^ value) * 0x100000001b3;
        }

        return new FuzzRandom(hash, (ulong)bytes.Length);
    }

    public ulong Next()
    {
        ulong result = ulong.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = ulong.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>From 0 to <paramref name="end"/>, which it is not.</summary>
    public int Below(int end) => (int)(Next() % (uint)end);

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int count) => Below(count) == 0;

    public T Pick<T>(IReadOnlyList<T> list) => list[Below(list.Count)];

    private static ulong Split(ref ulong state)
    {
        state += 0x9e3779b97f4a7c15;
        ulong mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        return mixed ^ (mixed >> 31);
    }
}
