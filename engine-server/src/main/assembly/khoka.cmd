@echo off
rem Khokahano's launcher for Windows: needs a JDK or JRE of 17 or later in KHOKA_JAVA_HOME, JAVA_HOME
rem or on the PATH. KHOKA_JAVA_OPTS holds further options for the JVM.
setlocal
set "java=java"
if defined JAVA_HOME set "java=%JAVA_HOME%\bin\java"
if defined KHOKA_JAVA_HOME set "java=%KHOKA_JAVA_HOME%\bin\java"
"%java%" -XX:+UseParallelGC -XX:+ExitOnOutOfMemoryError -Dfile.encoding=UTF-8 %KHOKA_JAVA_OPTS% -cp "%~dp0..\lib\*" org.khokahano.cli.Khoka %*
exit /b %ERRORLEVEL%
