using System.Text;

namespace Contrastive.Kernel.Scripting;

/// <summary>Redirects what cells write to <see cref="Console"/> to their output, until disposed.</summary>
internal sealed class ConsoleCapture : IDisposable
{
    private readonly TextWriter _out = Console.Out;
    private readonly TextWriter _error = Console.Error;

    public ConsoleCapture(ICellOutput output)
    {
        Console.SetOut(new StreamWriter("stdout", output));
        Console.SetError(new StreamWriter("stderr", output));
    }

    public void Dispose()
    {
        Console.SetOut(_out);
        Console.SetError(_error);
    }

    private sealed class StreamWriter(string name, ICellOutput output) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override string NewLine => "\n";

        public override void Write(char value) => output.Stream(name, value.ToString());

        public override void Write(char[] buffer, int index, int count) => output.Stream(name, new string(buffer, index, count));

        public override void Write(string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                output.Stream(name, value);
            }
        }

        public override void WriteLine(string? value) => Write(value + "\n");
    }
}
