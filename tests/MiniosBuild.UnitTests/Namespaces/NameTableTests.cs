using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.Policy.Names;

namespace MiniosBuild.UnitTests.Namespaces;

public sealed class NameTableTests
{
    /// <summary>Whatever bytes come in whatever order: the table is a dictionary that counts.</summary>
    [Fact]
    public void It_numbers_names_as_a_dictionary_would()
    {
        Gen<byte[]> names = Gen.Choose(0, 3).Select(value => (byte)value).ArrayOf();
        Prop.ForAll(names.ArrayOf().ToArbitrary(), added =>
        {
            var table = new NameTable();
            var expected = new Dictionary<string, int>();
            foreach (byte[] name in added)
            {
                string key = Convert.ToHexString(name);
                expected.TryAdd(key, expected.Count);
                if (table.Add(name) != expected[key] || !table.Bytes(expected[key]).SequenceEqual(name))
                {
                    return false;
                }
            }

            return table.Count == expected.Count && added.All(name => table.Find(name) == expected[Convert.ToHexString(name)]);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void It_grows_beyond_its_first_chunks_and_takes_a_name_longer_than_one()
    {
        var table = new NameTable();
        string longest = new('x', 1 << 20);
        for (int number = 0; number < 100_000; number++)
        {
            Assert.Equal(number, table.Add($"name_{number}"));
        }

        Assert.Equal(100_000, table.Add(longest));
        Assert.Equal(100_001, table.Add("after"));
        Assert.Equal("name_4711", table.Text(4711));
        Assert.Equal(longest, Encoding.UTF8.GetString(table.Memory(100_000).Span));
        Assert.Equal(100_000, table.Find(longest));
        Assert.Equal(100_001, table.Find("after"));
        Assert.Equal(-1, table.Find("absent"));
        Assert.Equal(-1, new NameTable().Find(""));
    }
}
