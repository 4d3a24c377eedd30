using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Npgsql;
using Xunit;

namespace Contrastive.Tests.Retrieval;

/// <summary>A PostgreSQL with pgvector: the one whose connection string stands in <see cref="Variable"/>, or else that of tests/postgres, started
/// for the tests and ended with them. Tests are skipped where there is neither.</summary>
public sealed class PostgresServer : IDisposable
{
    public const string Variable = "CONTRASTIVE_POSTGRES";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<string> _tables = [];
    private readonly Process? _process;
    private readonly string? _connectionString;
    private readonly string _missing = "";

    public PostgresServer() : this(Environment.GetEnvironmentVariable(Variable), [])
    {
    }

    private PostgresServer(string? connectionString, string[] arguments)
    {
        if (!string.IsNullOrEmpty(connectionString))
        {
            _connectionString = connectionString;
            return;
        }

        var folder = Repository.Path("tests", "postgres");
        if (!Directory.Exists(Path.Combine(folder, "node_modules")))
        {
            _missing = $"No PostgreSQL: run 'npm ci' in tests/postgres (Node.js 20), or set {Variable} to the connection string of a server with pgvector.";
            return;
        }

        try
        {
            _process = Process.Start(new ProcessStartInfo("node", ["server.mjs", .. arguments]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (Win32Exception)
        {
            _missing = "No PostgreSQL: 'node' is not on the PATH.";
            return;
        }

        var said = new StringBuilder();
        _process.ErrorDataReceived += (_, line) =>
        {
            lock (said)
                said.AppendLine(line.Data);
        };
        _process.BeginErrorReadLine();
        var port = _process.StandardOutput.ReadLineAsync();
        if (!port.Wait(Patience) || port.Result is not { Length: > 0 })
        {
            Stop();
            lock (said)
                _missing = $"No PostgreSQL: tests/postgres/server.mjs does not start (it needs Node.js 20). It says: {said.ToString().Trim()}";
            return;
        }

        // It knows no encryption, and its connections are not to be kept: all share one session.
        _connectionString = $"Host=127.0.0.1;Port={port.Result};Database=postgres;Username=postgres;Password=a secret;SSL Mode=Disable;Pooling=false;Timeout=60;Command Timeout=120";
    }

    /// <summary>A connection string; skips the test where there is no server.</summary>
    public string ConnectionString
    {
        get
        {
            Assert.SkipWhen(_connectionString is null, _missing);
            return _connectionString;
        }
    }

    /// <summary>Whether it is that of tests/postgres.</summary>
    public bool IsOurs => _process is not null && _connectionString is not null;

    /// <summary>The server of tests/postgres without its extension.</summary>
    public static PostgresServer WithoutPgvector() => new(null, ["0", "--without-pgvector"]);

    /// <summary>The name of a table that is dropped in the end.</summary>
    public string Table()
    {
        _tables.Add($"contrastive_test_{Environment.ProcessId}_{_tables.Count}");
        return _tables[^1];
    }

    public object? Execute(string statement)
    {
        using var connection = new NpgsqlConnection(ConnectionString);
        connection.Open();
        using var command = new NpgsqlCommand(statement, connection);
        return command.ExecuteScalar();
    }

    public void Dispose()
    {
        if (_process is not null)
            Stop();
        else if (_connectionString is not null)
            _tables.ForEach(table => Execute($"DROP TABLE IF EXISTS {table}"));
    }

    private void Stop()
    {
        _process!.StandardInput.Close();
        if (!_process.WaitForExit(_connectionString is null ? TimeSpan.FromSeconds(1) : Patience))
            _process.Kill();
        _process.WaitForExit(); // also for the last line of its errors
    }
}

/// <summary>Tests that share the server, whose connections share one session.</summary>
[CollectionDefinition(Name)]
public sealed class PostgresCollection : ICollectionFixture<PostgresServer>
{
    public const string Name = "PostgreSQL";
}
