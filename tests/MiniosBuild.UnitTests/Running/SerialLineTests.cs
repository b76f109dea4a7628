using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MiniosBuild.Toolchain.Running;

namespace MiniosBuild.UnitTests.Running;

public sealed class SerialLineTests
{
    [Theory]
    [InlineData("one\r\ntwo\r\n", "one\ntwo\n", new string[0])]
    [InlineData("(XEN) a\r\nguest\r\n(XEN) b\r\n", "guest\n", new[] { "a", "b" })]
    [InlineData("prompt> (XEN) in between\r\nanswer\r\n", "prompt> answer\n", new[] { "in between" })]
    [InlineData("(XEN) \r\n(XEN) cut of", "", new[] { "", "cut of" })]
    [InlineData("f(XE) (XEN (X((XEN) x\r\n", "f(XE) (XEN (X(", new[] { "x" })]
    [InlineData("10%\r20%\r\r\n", "10%\r20%\n", new string[0])]
    [InlineData("Grüße, 日本\r\n", "Grüße, 日本\n", new string[0])]
    [InlineData("(XEN", "(XEN", new string[0])]
    public void TheGuestsTextAndTheHypervisorsLinesAreToldApart(string serial, string guest, string[] hypervisor)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(serial);
        for (int chunk = 1; chunk <= bytes.Length; chunk++)
        {
            Assert.Equal((guest, string.Join('\n', hypervisor)), Split(bytes, chunk));
        }
    }

    [Fact]
    public void AnUnfinishedLineIsPassedOnAtOnce()
    {
        string seen = "";
        var line = new SerialLine(text => seen += text, _ => { });
        line.Push("name? "u8);
        Assert.Equal("name? ", seen);
    }

    [Fact]
    public void AnyTextWithoutMarkOrCarriageReturnComesThroughUnchanged() =>
        Prop.ForAll<NonNull<string>, PositiveInt>((text, chunk) =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text.Get.Replace("\r", "").Replace("(XEN) ", ""));
            return Split(bytes, chunk.Get) == (Encoding.UTF8.GetString(bytes), "");
        }).QuickCheckThrowOnFailure();

    private static (string Guest, string Hypervisor) Split(byte[] bytes, int chunk)
    {
        var guest = new StringBuilder();
        var hypervisor = new List<string>();
        var line = new SerialLine(text => guest.Append(text), hypervisor.Add);
        foreach (byte[] part in bytes.Chunk(chunk))
        {
            line.Push(part);
        }

        line.End();
        return (guest.ToString(), string.Join('\n', hypervisor));
    }
}
